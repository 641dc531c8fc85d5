import{createRequire}from'node:module';const require=createRequire(import.meta.url);
var n="directory",e="endpoint";export{n as a,e as b};
