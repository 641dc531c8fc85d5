"""DefaultAzureCredential of Debian's azure-identity: lists resource groups, and says who it was."""
import base64
import json
import os

from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import ResourceManagementClient

credential = DefaultAzureCredential()
try:
    client = ResourceManagementClient(credential, os.environ["AZURE_SUBSCRIPTION_ID"])
    groups = [group.name for group in client.resource_groups.list()]
    token = credential.get_token(os.environ["SCOPE"]).token
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    print(json.dumps({"groups": groups, "aud": claims["aud"], "appid": claims["appid"]}))
except Exception as error:  # what the library says is the result, too
    print(json.dumps({"error": str(error)}))
