import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-S7ON5G4N.js";import"./chunk-QALJZLSW.js";
