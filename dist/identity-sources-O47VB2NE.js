import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-KY4M2PIR.js";import"./chunk-OBKLGA65.js";import"./chunk-YXQUIEFY.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
