using System.Text.Json;
using Integration.Contracts;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>File references in inputs.</summary>
internal static class FileInput
{
    /// <returns>The reference; null after a problem was added.</returns>
    public static FileReference? Read(JsonElement value, SimpleShape type, JsonPath path, InputProblems problems)
    {
        FileReference file;
        try
        {
            file = value.Deserialize<FileReference>()!;
        }
        catch (JsonException e)
        {
            problems.Add(path, $"does not fit: {e.Message}");
            return null;
        }

        var facets = type.Facets;
        if ((facets.MaxLength ?? facets.Length) is not { } most || file.Size <= most)
        {
            if ((facets.MinLength ?? facets.Length) is not { } least || file.Size >= least)
                return file;
        }

        problems.Add(path, $"is a file of {file.Size} bytes; it takes {type.Expected}.");
        return null;
    }
}
