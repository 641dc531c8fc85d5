import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-KWNOOH5R.js";import"./chunk-TZYAOKAN.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
