using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Files;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Inputs;

/// <summary>Reads the attributes of an input, with secrets and files in their places.</summary>
[RaisesFrom(typeof(Passwords))]
[RaisesFrom(typeof(FileErrors))]
internal sealed class AttributeReader(Passwords passwords, IFileStores files, IOptions<LdapOptions> options)
{
    /// <summary>For the files of one request.</summary>
    public FileBudget Budget() => new(options.Value.MaxFileBytes);

    public Task<IReadOnlyList<LdapAttribute>> ReadAsync(
        LdapServer server,
        IReadOnlyDictionary<string, JsonElement>? attributes,
        string field,
        FileBudget budget,
        CancellationToken cancellation
    ) => BeforeEffect.RunAsync(() => ReadAllAsync(server, attributes, field, budget, cancellation));

    private async Task<IReadOnlyList<LdapAttribute>> ReadAllAsync(
        LdapServer server,
        IReadOnlyDictionary<string, JsonElement>? attributes,
        string field,
        FileBudget budget,
        CancellationToken cancellation
    )
    {
        var read = new List<LdapAttribute>();
        foreach (var (name, value) in attributes ?? new Dictionary<string, JsonElement>())
        {
            var place = $"{field}.{name}";
            AttributeNames.Check(name, place);
            var values = new List<ReadOnlyMemory<byte>>();
            var list = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
            for (var i = 0; i < list.Count; i++)
            {
                var at = value.ValueKind == JsonValueKind.Array ? $"{place}[{i}]" : place;
                if (FileIn(list[i], at) is { } file)
                {
                    if (server.Rules.IsHidden(name))
                        Passwords.CheckEncrypted(server);
                    budget.Take(file, at);
                    values.Add(await LoadAsync(file, cancellation));
                }
                else
                {
                    values.Add(await ValueAsync(server, name, list[i], at, cancellation));
                }
            }

            read.Add(new LdapAttribute(name, values));
        }

        if (
            read.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is
            { } twice
        )
            throw InvalidInput.At(field, $"has {twice.Key} more than once. Put its values into one list.");
        return read;
    }

    private async ValueTask<byte[]> ValueAsync(
        LdapServer server,
        string attribute,
        JsonElement value,
        string field,
        CancellationToken cancellation
    )
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "TRUE",
            JsonValueKind.False => "FALSE",
            _ => null,
        };
        if (!server.Rules.IsHidden(attribute))
        {
            // A secret in an attribute that others may read would be none any more.
            if (text is not null && Secrets.AreIn(text))
                throw InvalidInput.At(
                    field,
                    $"names a secret, and {attribute} can be read. Secrets are allowed in attributes for passwords and keys only, see "
                        + $"Ldap__Servers__{server.Name}__HiddenAttributes."
                );
            return text is null ? Bytes(value, field) : Encoding.UTF8.GetBytes(text);
        }

        if (text is null)
        {
            Passwords.Check(server, value.GetRawText(), field);
            return Bytes(value, field);
        }

        text = await passwords.RevealAsync(server, text, field, cancellation);
        // Active Directory takes passwords in quotation marks and UTF-16 only.
        return attribute.Equals("unicodePwd", StringComparison.OrdinalIgnoreCase)
            ? Encoding.Unicode.GetBytes($"\"{text}\"")
            : Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Bytes(JsonElement value, string field)
    {
        if (
            value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Count() == 1
            && value.TryGetProperty("base64", out var base64)
            && base64.ValueKind == JsonValueKind.String
        )
            return base64.TryGetBytesFromBase64(out var bytes)
                ? bytes
                : throw InvalidInput.At($"{field}.base64", "is no base64.");
        throw InvalidInput.At(
            field,
            "must be a text, a number, true or false, {\"base64\": …} for bytes, a file reference, or a list of these."
        );
    }

    private static FileReference? FileIn(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("$file", out _))
            return null;
        try
        {
            return value.Deserialize<FileReference>(OperationJson.Options);
        }
        catch (JsonException e)
        {
            throw InvalidInput.At(field, $"is no file reference: {e.Message}");
        }
    }

    private async Task<byte[]> LoadAsync(FileReference file, CancellationToken cancellation)
    {
        await using var stream = await files.OpenReadAsync(file, cancellation);
        var bytes = new byte[file.Size];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
