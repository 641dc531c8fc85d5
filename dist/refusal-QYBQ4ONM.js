import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-CMF2I42F.js";import"./chunk-A4DAMEDV.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
