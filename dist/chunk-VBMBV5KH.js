import{createRequire}from'node:module';const require=createRequire(import.meta.url);
function t(n,e,r={}){return{client:n,variables:e,optional:[],outrankedBy:[],clears:[],files:[],links:[],...r}}function i({url:n,header:e}){return{IDENTITY_ENDPOINT:n,IDENTITY_HEADER:e}}export{t as a,i as b};
