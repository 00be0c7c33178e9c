using System.Text.Json.Nodes;

namespace Integration.Sdk;

/// <summary>Content by reference, which has a converter of its own.</summary>
internal static class FileReferenceSchema
{
    public static JsonObject Of(bool nullable)
    {
        var schema = JsonNode
            .Parse(
                """
                {
                  "type": "object",
                  "properties": {
                    "$file": {
                      "type": "object",
                      "properties": {
                        "store": { "type": "string", "minLength": 1 },
                        "bucket": { "type": ["string", "null"] },
                        "key": { "type": "string", "minLength": 1 },
                        "size": { "type": "integer", "minimum": 0 },
                        "sha256": { "type": "string", "pattern": "^[0-9a-fA-F]{64}$" },
                        "contentType": { "type": ["string", "null"] },
                        "name": { "type": ["string", "null"] }
                      },
                      "required": ["store", "key", "size", "sha256"]
                    }
                  },
                  "required": ["$file"]
                }
                """
            )!
            .AsObject();
        if (nullable)
            schema["type"] = new JsonArray("object", "null");
        return schema;
    }
}
