using Integration.Sdk;

namespace Integration.Journeys.Tests.Asking;

/// <summary>Buys an article: asks the Rest service for its price, then to place the order.</summary>
[Operation("buyer.buy", Effect = Effect.Idempotent)]
[Asks("rest.request")]
public sealed class Buy : Operation<Buy.Input, Buy.Output>
{
    public sealed record Input(string Target, string Article);

    public sealed record Output(int Price, string Number);

    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        var path = new { article = input.Article };
        var price = await task.AskAsync<Answer>(
            "price",
            "rest.request",
            1,
            new { url = input.Target + "prices/{article}", path },
            cancellation
        );
        var order = await task.AskAsync<Answer>(
            "order",
            "rest.request",
            1,
            new
            {
                method = "POST",
                url = input.Target + "orders/{article}",
                path,
                body = new { price = price.Body.Price },
                idempotencyHeader = Shop.KeyHeader,
            },
            cancellation
        );
        return new Output(price.Body.Price, order.Body.Number);
    }

    private sealed record Answer(Article Body);

    private sealed record Article(int Price, string Number);
}
