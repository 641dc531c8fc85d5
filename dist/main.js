import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-FSXCAGO7.js";import"./chunk-QALJZLSW.js";
