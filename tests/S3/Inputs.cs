using System.Text.Json.Nodes;

namespace Integration.S3.Tests;

/// <summary>Inputs as JSON with a bucket, a key and more put into them.</summary>
internal static class Inputs
{
    public static string With(
        this string json,
        string bucket,
        string key,
        params ReadOnlySpan<(string Name, string Value)> more
    )
    {
        var inputs = JsonNode.Parse(json)!.AsObject();
        inputs["bucket"] = bucket;
        inputs["key"] = key;
        foreach (var (name, value) in more)
            inputs[name] = value;
        return inputs.ToJsonString();
    }
}
