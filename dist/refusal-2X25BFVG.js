import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{p as a}from"./chunk-NM3R34KM.js";import"./chunk-GVFZHGCG.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
