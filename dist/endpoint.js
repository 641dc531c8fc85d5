import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-3RGJA55D.js";import"./chunk-QALJZLSW.js";
