using System.Text.Json.Serialization;
using Plimsoll.Deployments;
using Plimsoll.Inventory.Statistics;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Notifications;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(TracedStep))]
[JsonSerializable(typeof(InstanceSample))]
[JsonSerializable(typeof(Answer<IReadOnlyList<RecordedEvent>>))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
