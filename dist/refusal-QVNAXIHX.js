import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{h as a}from"./chunk-EPQYE3IZ.js";import"./chunk-HFCAN5KM.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
