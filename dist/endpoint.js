import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-HPCQCNE5.js";import"./chunk-QALJZLSW.js";
