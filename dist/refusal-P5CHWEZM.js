import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-J2CGXELJ.js";import"./chunk-CUL3QFGH.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
