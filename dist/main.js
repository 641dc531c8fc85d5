import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-KT5VOUFN.js";import"./chunk-QALJZLSW.js";
