import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{k as a}from"./chunk-644WPWUU.js";import"./chunk-FSXCAGO7.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
