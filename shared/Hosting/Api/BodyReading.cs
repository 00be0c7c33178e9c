using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Hosting;

/// <summary>Takes the whole body before a route runs, within its size and a time, and checks JSON.</summary>
internal static class BodyReading
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Replaces the body by its bytes; returns why it is not taken, or null.</summary>
    public static async Task<IResult?> ReadAsync(HttpContext context, RequestShape shape, TimeSpan within)
    {
        if (shape.Body == RequestBody.None)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = shape.Limit;
        if (context.Request.ContentLength > shape.Limit)
            return ApiProblem.TooLarge(shape.Limit);

        var bytes = new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(within);
        try
        {
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await context.Request.Body.ReadAsync(chunk, patience.Token)) > 0)
            {
                if (bytes.Length + read > shape.Limit)
                    return ApiProblem.TooLarge(shape.Limit);
                bytes.Write(chunk, 0, read);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return ApiProblem.Field(
                StatusCodes.Status408RequestTimeout,
                "body",
                $"It did not arrive within {within.TotalSeconds} seconds. Send it at once (setting Api__BodyTimeout)."
            );
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiProblem.TooLarge(shape.Limit);
        }

        bytes.Position = 0;
        context.Request.Body = bytes;
        return shape.Body == RequestBody.Json ? CheckJson(bytes) : null;
    }

    private static IResult? CheckJson(MemoryStream body)
    {
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.StartsWith(ByteOrderMark))
        {
            // Readers may pass over it (RFC 8259, 8.1), and ours would not.
            body.Position = ByteOrderMark.Length;
            bytes = bytes[ByteOrderMark.Length..];
        }

        if (bytes.IsEmpty)
        {
            // Nothing behind the mark is no body, by whatever a route asks whether there is one.
            body.SetLength(0);
            return null;
        }

        return JsonCheck.Wrong(bytes) is var (field, detail) ? ApiProblem.BadField(field, detail) : null;
    }
}
