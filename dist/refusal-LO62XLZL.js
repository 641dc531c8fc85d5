import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-NUYWAB32.js";import"./chunk-CPN3NR3F.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
