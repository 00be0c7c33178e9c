using Integration.Contracts;
using Integration.Hosting;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Messages from outside.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/messages", SendAsync)
            .For(ApiRole.Operator)
            .TakesJson(typeof(SendMessage))
            .TakesHeader("Idempotency-Key", "Counts as 'requestId' where the body has none.")
            .WithSummary("Delivers a BPMN message to the instance that waits for it, or keeps it for a while.")
            .Produces<MessageAnswer>(StatusCodes.Status202Accepted)
            .Produces<MessageAnswer>();

    private static async Task<IResult> SendAsync(HttpRequest request, Messages messages, CancellationToken cancellation)
    {
        var (body, problem) = await request.ReadJsonAsync<SendMessage>();
        if (problem is not null)
            return problem;
        if (string.IsNullOrEmpty(body!.Name))
            return ApiProblem.BadField("name", "Send the name of a BPMN message.");
        if (Body.Variables(body.Variables, out var variables) is { } wrong)
            return wrong;

        var requestId = body.RequestId ?? Body.IdempotencyKey(request) ?? Guid.CreateVersion7().ToString();
        if (
            Names.Check(("name", body.Name), ("correlationKey", body.CorrelationKey), ("requestId", requestId)) is
            ({ } field, { } reason)
        )
            return ApiProblem.BadField(field, reason);
        var (isNew, instanceId) = await messages.TakeAsync(
            new MessageReceived(body.Name, variables, requestId, body.CorrelationKey),
            TraceContext.Of(properties: null),
            cancellation
        );
        var answer = new MessageAnswer(requestId, Repeated: !isNew, instanceId);
        return instanceId is null && isNew ? Results.Accepted(value: answer) : Results.Ok(answer);
    }
}
