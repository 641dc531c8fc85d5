import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-E4JNH6WU.js";import"./chunk-QALJZLSW.js";
