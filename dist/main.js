import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-CPN3NR3F.js";import"./chunk-QALJZLSW.js";
