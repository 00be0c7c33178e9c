using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk;

internal sealed class OperationDescription<TOperation, TInput, TOutput>(OperationAttribute attribute)
    : OperationDescription(typeof(TOperation), attribute)
    where TOperation : Operation<TInput, TOutput>
    where TInput : class
    where TOutput : class
{
    private static readonly ObjectFactory<TOperation> _create = ActivatorUtilities.CreateFactory<TOperation>([]);

    public override Type InputType => typeof(TInput);

    public override Type OutputType => typeof(TOutput);

    public override string? Check(JsonElement inputs)
    {
        try
        {
            SecretFields<TInput>.Places.Check(inputs);
            InputReader<TInput>.Read(inputs);
            return null;
        }
        catch (DataErrorException e)
        {
            return e.Message;
        }
    }

    internal override OperationCall Bind(TaskRequested request, IServiceProvider services)
    {
        SecretFields<TInput>.Places.Check(request.Inputs);
        var input = InputReader<TInput>.Read(request.Inputs);
        var operation = _create(services, null);
        return new Call(operation, input, operation.EffectOf(input, Effect), operation.TargetOf(input));
    }

    private sealed class Call(TOperation operation, TInput input, Effect effect, string? target)
        : OperationCall(effect, target)
    {
        internal override async Task<JsonElement> ExecuteAsync(TaskContext task, CancellationToken cancellation) =>
            JsonSerializer.SerializeToElement(
                await operation.ExecuteAsync(input, task, cancellation),
                OperationJson.Options
            );

        public override async ValueTask DisposeAsync()
        {
            if (operation is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (operation as IDisposable)?.Dispose();
        }
    }
}
