import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{l as a}from"./chunk-ISQEJ5QE.js";import"./chunk-55FOQNLB.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
