import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-HFCAN5KM.js";import"./chunk-QALJZLSW.js";
