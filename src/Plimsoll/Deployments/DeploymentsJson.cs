using System.Text.Json.Serialization;
using Plimsoll.Deployments.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(Answer<PromotionResponse>))]
[JsonSerializable(typeof(DeploymentStepResponse))]
[JsonSerializable(typeof(Answer<DeployResponse>))]
[JsonSerializable(typeof(Answer<DeploymentResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<DeploymentResponse>>))]
[JsonSerializable(typeof(Answer<ProjectOverview>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<ProjectOverview>>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<InstanceResponse>>))]
[JsonSerializable(typeof(Answer<InstanceResponse>))]
[JsonSerializable(typeof(Answer<RemovalResponse>))]
[JsonSerializable(typeof(LogLineResponse))]
[JsonSerializable(typeof(LogEndResponse))]
[JsonSerializable(typeof(InspectionRequest))]
[JsonSerializable(typeof(QuickDeployRequest))]
[JsonSerializable(typeof(Answer<InspectionResponse>))]
[JsonSerializable(typeof(Answer<QuickDeployResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<BlockedResponse>>))]
[JsonSerializable(typeof(Answer<UnblockedResponse>))]
internal sealed partial class DeploymentsJson : JsonSerializerContext;
