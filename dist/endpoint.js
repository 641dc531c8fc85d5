import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-ZGTY2Y54.js";import"./chunk-QALJZLSW.js";
