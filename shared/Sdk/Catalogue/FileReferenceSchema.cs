using System.Text.Json.Nodes;

namespace Integration.Sdk;

/// <summary>Content by reference, which has a converter of its own.</summary>
internal static class FileReferenceSchema
{
    public static JsonObject Of() =>
        JsonNode
            .Parse(
                """
                {
                  "description": "Content by reference.",
                  "type": "object",
                  "properties": {
                    "$file": {
                      "type": "object",
                      "properties": {
                        "store": { "type": "string", "minLength": 1 },
                        "bucket": { "type": ["string", "null"] },
                        "key": { "type": "string", "minLength": 1 },
                        "size": { "type": "integer", "minimum": 0, "maximum": 9223372036854775807 },
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
}
