import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-GJEQKZ3I.js";import"./chunk-QALJZLSW.js";
