import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-T4EHSK7Y.js";import"./chunk-QALJZLSW.js";
