import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{l as a}from"./chunk-4K2ZE5IC.js";import"./chunk-KT5VOUFN.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
