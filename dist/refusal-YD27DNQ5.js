import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-ABZWUGGF.js";import"./chunk-J5VJJKKF.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
