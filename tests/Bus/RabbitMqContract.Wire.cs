using System.Globalization;
using System.Text;
using Integration.Contracts;
using Integration.Fixtures;
using RabbitMQ.Client;

namespace Integration.Bus.Tests;

public abstract partial class RabbitMqContract
{
    [Fact]
    public async Task A_raw_client_reads_the_same_properties_and_headers_whatever_adapter_has_published()
    {
        await using var raw = await ConnectAsync();
        var queue = await raw.ListenAsync(Exchanges.Tasks, "#");
        var message = Messages.Complete("a.b.v1");
        message = message with { Properties = message.Properties with { MessageId = "the-message-id" } };

        await PublishAsync(message);
        await PublishAsync(Messages.Task("bare") with { Properties = new MessageProperties() });

        var complete = Describe(await Eventually.GetAsync(() => raw.TakeAsync(queue)));
        var bare = Describe(await Eventually.GetAsync(() => raw.TakeAsync(queue)));
        Snapshot.Match(complete + "\n" + bare, "tests/Bus/Wire.txt", "tests/Bus");
    }

    private string Describe(BasicGetResult message)
    {
        var properties = message.BasicProperties;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{message.Exchange} {message.RoutingKey}");
        Add("message_id", properties.MessageId);
        Add("correlation_id", properties.CorrelationId);
        Add("type", properties.Type);
        Add("reply_to", properties.ReplyTo);
        Add("app_id", properties.AppId);
        Add("timestamp", properties.IsTimestampPresent() ? $"{properties.Timestamp.UnixTime}" : null);
        Add("content_type", properties.ContentType);
        Add("content_encoding", properties.ContentEncoding);
        Add("delivery_mode", properties.IsDeliveryModePresent() ? $"{(int)properties.DeliveryMode}" : null);
        Add("priority", properties.IsPriorityPresent() ? $"{properties.Priority}" : null);
        Add("expiration", properties.Expiration);
        Add("user_id", properties.UserId);
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>())
            Add($"header {name}", value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}");

        text.AppendLine(CultureInfo.InvariantCulture, $"  body: {Encoding.UTF8.GetString(message.Body.Span)}");
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {value}");
        }
    }
}
