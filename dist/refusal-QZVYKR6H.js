import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{k as a}from"./chunk-WM3ZAHB4.js";import"./chunk-T4EHSK7Y.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
