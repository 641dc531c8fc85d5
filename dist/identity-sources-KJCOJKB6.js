import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-TO5Z6SY3.js";import"./chunk-ER4HMOCQ.js";import"./chunk-KHMQUHNN.js";import"./chunk-GVGJ2DUB.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
