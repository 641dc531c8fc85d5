import{createRequire}from'node:module';const require=createRequire(import.meta.url);
var d=/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;function w(n){return a(n).replace(/:(?=:)/g,": ").replace(/##\[/g,"## [")}function s(n){return`<code>${c(n)}</code>`}function c(n){return a(n).replace(/[^A-Za-z0-9 ,()'":./-]|:(?=\/)|(?<=www)\./giu,t=>`&#${t.codePointAt(0)};`)}function p(n,t){let r=t.match(/`+/g)??[],e="`".repeat(Math.max(2,...r.map(i=>i.length))+1);return`${e}${n}
${t}
${e}`}function a(n){return n.replace(/\r\n|\r|\n/g," ").replace(d,t=>`\\u{${(t.codePointAt(0)??0).toString(16)}}`)}function C(n){let{code:t,sentence:r,facts:e,remedy:i,snippets:u}=n;return[`### ❌ Entra sign-in failed: ${t}`,g($(r)),m(e),...i.map(g),...u.map(({title:o,language:f,text:l})=>`${o}:

${p(f,l)}`)].filter(o=>o!=="").join(`

`).concat(`

`)}function m(n){return n.length===0?"":["| | |","| --- | --- |",...n.map(({label:r,value:e})=>`| ${r} | ${s(e)} |`)].join(`
`)}function g(n){return n.split(/`([^`]*)`/).map((t,r)=>r%2===1?s(t):c(t)).join("")}function $(n){return n.charAt(0).toUpperCase()+n.slice(1)}export{w as a,s as b,c,p as d,C as e,m as f};
