import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-HMXYPPBS.js";import"./chunk-QALJZLSW.js";
