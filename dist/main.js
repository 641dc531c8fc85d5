import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-GVFZHGCG.js";import"./chunk-QALJZLSW.js";
