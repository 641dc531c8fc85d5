import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-2SXDHGWI.js";import"./chunk-D2BOF3BF.js";import"./chunk-FSXCAGO7.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
