import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-A4DAMEDV.js";import"./chunk-QALJZLSW.js";
