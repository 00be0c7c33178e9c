using Microsoft.AspNetCore.Http;

namespace Integration.Soap.Tests;

/// <summary>Answers of a double, for what a real server cannot be made to say.</summary>
internal static class Answers
{
    /// <summary>To <c>GetStatus</c>.</summary>
    public static string Status(string status, string headers = "") =>
        Envelope($"""<o:OrderStatus xmlns:o="urn:orders">{status}</o:OrderStatus>""", headers);

    public static string Envelope(string body, string headers = "") =>
        $"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">{(
            headers.Length > 0 ? $"<s:Header>{headers}</s:Header>" : ""
        )}<s:Body>{body}</s:Body></s:Envelope>""";

    public static string Fault(string code, string reason) =>
        Envelope($"<s:Fault><faultcode>s:{code}</faultcode><faultstring>{reason}</faultstring></s:Fault>");

    public static Task WriteAsync(
        HttpContext context,
        string text,
        int status = 200,
        string type = "text/xml; charset=utf-8"
    )
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }
}
