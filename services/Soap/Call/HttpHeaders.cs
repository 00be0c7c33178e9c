using Integration.Errors;
using Integration.Http;
using Integration.Sdk;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Call;

/// <summary>The HTTP headers of a call: those of SOAP, the idempotency key, and what the task says.</summary>
internal static class HttpHeaders
{
    public static List<KeyValuePair<string, string>> Of(
        CallInput input,
        TaskContext task,
        SoapVersion version,
        string action
    )
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in input.HttpHeaders ?? new Dictionary<string, string>())
        {
            var field = $"httpHeaders.{name}";
            CheckName(name, field);
            if (!headers.TryAdd(name, Value(value, field)))
                throw InvalidInput.At(field, "is there twice: case makes no difference in the names of headers.");
        }

        if (input.IdempotencyHeader is { } key)
        {
            CheckName(key, "idempotencyHeader");
            if (!headers.TryAdd(key, Value(task.IdempotencyKey, "idempotencyHeader carries the task id, which")))
                throw InvalidInput.At(
                    $"httpHeaders.{key}",
                    "is the idempotency header, which the service sets itself. Remove it."
                );
        }

        headers.TryAdd("User-Agent", "integration-soap");
        AddSoap(headers, version, action);
        return [.. headers];
    }

    private static void AddSoap(Dictionary<string, string> headers, SoapVersion version, string action)
    {
        if (version == SoapVersion.Soap11)
        {
            headers["Content-Type"] = "text/xml; charset=utf-8";
            // 6.1.1: always there, and quoted.
            headers["SOAPAction"] = $"\"{action}\"";
            headers["Accept"] = "text/xml, application/soap+xml;q=0.5";
        }
        else
        {
            var parameter = action.Length > 0 ? $"; action=\"{action}\"" : "";
            headers["Content-Type"] = $"application/soap+xml; charset=utf-8{parameter}";
            headers["Accept"] = "application/soap+xml, text/xml;q=0.5";
        }
    }

    private static void CheckName(string name, string field)
    {
        if (!HeaderNames.IsName(name))
            throw InvalidInput.At(field, "is no name of a header: letters, digits and !#$%&'*+-.^_`|~ only.");
        if (HeaderNames.IsOurs(name) || IsOfSoap(name))
            throw InvalidInput.At(field, "is set by the service itself. Remove it.");
    }

    private static bool IsOfSoap(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Accept", StringComparison.OrdinalIgnoreCase)
        || name.Equals("SOAPAction", StringComparison.OrdinalIgnoreCase);

    private static string Value(string text, string field)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            throw InvalidInput.At(field, "must be plain ASCII without line breaks. Encode it, e.g. as base64.");
        return text.Trim();
    }
}
