import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-TZYAOKAN.js";import"./chunk-QALJZLSW.js";
