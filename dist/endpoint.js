import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-6DGJT2NQ.js";import"./chunk-QALJZLSW.js";
