import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{m as a}from"./chunk-GDZ7B6FN.js";import"./chunk-GVGJ2DUB.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
