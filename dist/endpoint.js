import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-IX3UPTOW.js";import"./chunk-QALJZLSW.js";
