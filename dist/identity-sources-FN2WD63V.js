import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-K5LQTGOG.js";import"./chunk-UME2BWVY.js";import"./chunk-GVFZHGCG.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
