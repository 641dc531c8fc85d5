import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-CUL3QFGH.js";import"./chunk-QALJZLSW.js";
