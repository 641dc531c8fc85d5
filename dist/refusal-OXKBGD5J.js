import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-5WRKT73G.js";import"./chunk-GJEQKZ3I.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
