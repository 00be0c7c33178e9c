using Integration.Contracts;
using Integration.Errors;
using Integration.Http;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Services;

/// <summary>WSDL and schema documents from the web, through the egress guard.</summary>
[Raises(
    ErrorCategory.Connectivity,
    "wsdl-unavailable",
    "The WSDL of the service, or a document that it refers to, cannot be fetched now. Nothing was sent to the service.",
    "It is tried again. If it lasts: look at the address in the message, or keep the WSDL in a file and name that."
)]
[Raises(
    ErrorCategory.Access,
    "wsdl-refused",
    "The server of the WSDL, its certificate or the egress policy refuses to have the document fetched.",
    "Follow the message: allow the address, trust the authority, or keep the WSDL in a file and name that."
)]
internal sealed class HttpDocuments(
    HttpCaller http,
    IOptions<SoapOptions> soap,
    IOptions<HttpTransportOptions> transport
) : IDocumentSource
{
    // As many as browsers and other readers of WSDLs put up with in practice.
    private const int MaxRedirects = 5;

    public bool Reads(Uri location) => location.Scheme is "http" or "https";

    public async Task<OpenedDocument> OpenAsync(
        Uri location,
        Authentication? authentication,
        CancellationToken cancellation
    )
    {
        try
        {
            var call = new HttpCall
            {
                Method = HttpMethod.Get,
                Uri = location,
                Place = location.GetLeftPart(UriPartial.Path),
                Headers =
                [
                    new("Accept", "text/xml, application/xml, */*;q=0.5"),
                    new("User-Agent", "integration-soap"),
                ],
                Authentication = authentication,
                Redirects = MaxRedirects,
                MayRepeat = true,
                Limits = Limits(),
            };
            var answer = await http.SendAsync(call, one => Read(call, one), cancellation);
            if (!answer.IsComplete)
                throw WsdlErrors.TooLarge(location, soap.Value.MaxWsdlBytes);
            return new OpenedDocument(
                new MemoryStream(answer.Body.ToArray(), writable: false),
                answer.Call?.Uri ?? location
            );
        }
        catch (TaskErrorException e) when (e.Code != "wsdl-unusable")
        {
            throw Unread(location, e);
        }
    }

    private static HttpAnswer Read(HttpCall call, HttpAnswer answer) =>
        answer.Status == 200 ? answer : throw StatusErrors.Of(call, answer);

    private CallLimits Limits() =>
        new()
        {
            Connect = transport.Value.ConnectTimeout,
            Attempt = soap.Value.AttemptTimeout,
            Total = soap.Value.TotalTimeout,
            Retries = soap.Value.Retries,
            RetryDelay = soap.Value.RetryDelay,
            MaxAnswerBytes = soap.Value.MaxWsdlBytes,
        };

    // What the document's server does says nothing about the effect of a call that was never made.
    private static TaskErrorException Unread(Uri location, TaskErrorException e)
    {
        var message =
            $"The document {location.GetLeftPart(UriPartial.Path)} that the WSDL consists of cannot be had. {e.Message}"
            + (
                e.Status is 401 or 403
                    ? " Set WsdlAuthentication of the service to a profile that the server of the document accepts, or keep the WSDL in a "
                        + "file and name that."
                    : ""
            );
        return e switch
        {
            AccessErrorException => new AccessErrorException("wsdl-refused", message, e)
            {
                Status = e.Status,
                Target = e.Target,
                Details = e.Details,
            },
            ConnectivityErrorException => new ConnectivityErrorException("wsdl-unavailable", message, e)
            {
                Status = e.Status,
                Target = e.Target,
                Details = e.Details,
                RetryAfter = e.RetryAfter,
            },
            { Retryable: true } => new ConnectivityErrorException("wsdl-unavailable", message, e)
            {
                Status = e.Status,
                Target = e.Target,
                RetryAfter = e.RetryAfter,
            },
            _ => new DataErrorException("wsdl-unusable", message, e)
            {
                Status = e.Status,
                Target = e.Target,
                Details = e.Details,
            },
        };
    }
}
