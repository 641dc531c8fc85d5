import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{l as a}from"./chunk-V2ZUUHUZ.js";import"./chunk-HPXVNMM2.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
