using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>Takes the body of a request and checks it, once it is known who sends it.</summary>
internal sealed class BodyGuard(RequestDelegate next, IOptions<ApiOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await RefusalAsync(context) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private async Task<IResult?> RefusalAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
            return null;
        var shape = endpoint.Metadata.GetMetadata<RequestShape>() ?? RequestShape.Nothing;
        return MediaCheck.Refusal(context.Request, shape)
            ?? await BodyReading.ReadAsync(context, shape, options.Value.BodyTimeout);
    }
}
