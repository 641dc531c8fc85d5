import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-UPL3KCYG.js";import"./chunk-QALJZLSW.js";
